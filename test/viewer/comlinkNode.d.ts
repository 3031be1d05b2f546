/** Comlink ships this adapter with a declaration that its package does not point to. */
declare module 'comlink/dist/esm/node-adapter.mjs' {
  export default function nodeEndpoint(thread: object): import('comlink').Endpoint
}
