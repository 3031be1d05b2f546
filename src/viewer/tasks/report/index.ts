export { ReportPage } from './ReportPage.tsx'
export { ReportPanel } from './ReportPanel.tsx'
