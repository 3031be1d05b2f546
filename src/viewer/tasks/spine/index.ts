export { SpinePanel } from './SpinePanel.tsx'
