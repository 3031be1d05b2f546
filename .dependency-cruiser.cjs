/**
 * The walls of the house: which room may import which. Rooms and reasons are in ARCHITECTURE.md.
 * A room that is not listed in `mayReach` may import nothing but itself and npm packages.
 */
const mayReach = {
  core: [],
  dicom: ['core'],
  segmentation: ['core'],
  exam: ['segmentation', 'dicom', 'core'],
  api: ['exam/record', 'core'],
  registry: ['exam/record', 'core'],
  demo: ['dicom', 'core/geometry', 'core/volume', 'core/units', 'core/errors', 'core/words'],
  server: ['registry', 'api', 'exam', 'segmentation', 'dicom', 'core', 'demo'],
  cli: ['registry', 'server', 'api', 'exam', 'segmentation', 'dicom', 'core', 'demo'],
  viewer: ['api', 'exam', 'segmentation', 'dicom', 'core'],
}

const walls = Object.entries(mayReach).map(([room, reachable]) => ({
  name: `${room}-reaches-only-${reachable.length === 0 ? 'itself' : reachable.join('-').replaceAll('/', '.')}`,
  severity: 'error',
  from: { path: `^src/${room}/` },
  to: { path: '^src/', pathNot: [room, ...reachable].map((path) => `^src/${path}(/|\\.ts$)`) },
}))

/** Rooms that must run unchanged in a browser worker: no Node module, no file system. */
const browserRooms = '^src/(core|dicom|segmentation|exam|api|viewer)/'

module.exports = {
  forbidden: [
    ...walls,
    {
      name: 'browser-rooms-use-no-node-module',
      comment: 'src/dicom/node is the one door through which Node files become Blobs.',
      severity: 'error',
      from: { path: browserRooms, pathNot: '^src/dicom/node/' },
      to: { dependencyTypes: ['core'] },
    },
    {
      name: 'only-faces-open-the-node-door',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/(cli|server|demo|dicom/node)/' },
      to: { path: '^src/dicom/node/' },
    },
    {
      name: 'only-the-viewport-draws',
      comment:
        'cornerstone and vtk are known in one folder, and that folder through its index or its dumb parts.',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/viewer/viewport/' },
      to: { path: 'node_modules/(@cornerstonejs/(core|tools)|@kitware/vtk\\.js)/' },
    },
    {
      name: 'graphics-are-reached-through-the-viewport',
      severity: 'error',
      from: { path: '^src/', pathNot: '^src/viewer/viewport/' },
      to: { path: '^src/viewer/viewport/graphics/' },
    },
    { name: 'no-cycles', severity: 'error', from: {}, to: { circular: true } },
    {
      name: 'every-import-resolves',
      comment:
        'An import that ends in ?url is an address that Vite gives; the build fails where there is no such file.',
      severity: 'error',
      from: {},
      to: { couldNotResolve: true, pathNot: '\\?url$' },
    },
    {
      name: 'product-never-imports-tests',
      severity: 'error',
      from: { path: '^src/' },
      to: { path: '^test/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    parser: 'swc', // TypeScript 7 has no compiler API yet
    tsPreCompilationDeps: true,
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      extensions: ['.ts', '.tsx', '.js', '.json'],
      conditionNames: ['import', 'require', 'node', 'default'],
    },
  },
}
