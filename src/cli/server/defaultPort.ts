/** Where the server listens when nobody says otherwise. */
export const DEFAULT_PORT = 8600
