export { KeepPanel } from './KeepPanel.tsx'
export { OpenPage } from './OpenPage.tsx'
