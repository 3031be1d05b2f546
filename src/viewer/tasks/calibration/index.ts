export { CalibrationPanel } from './CalibrationPanel.tsx'
