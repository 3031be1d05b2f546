export { OpenPage } from './OpenPage.tsx'
