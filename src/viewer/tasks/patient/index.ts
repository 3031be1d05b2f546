export { PatientPanel } from './PatientPanel.tsx'
