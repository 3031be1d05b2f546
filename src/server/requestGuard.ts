import type { FastifyRequest } from 'fastify'
import { API_ROOT } from '../api/routes.ts'
import { QctError } from '../core/errors.ts'
import { phrase } from '../core/words/words.ts'

/** Names by which this computer calls itself. The port is free, so that a tunnel may end elsewhere. */
const OWN_NAME = /^(localhost|127\.0\.0\.1|\[::1\])(:\d{1,5})?$/i

/**
 * Refuses what does not come from a page of this server.
 *
 * Any web page can make the browser ask a server on this computer. A page whose name was pointed here (DNS rebinding)
 * gives itself away by its Host header; one that asks across origins by Origin or Sec-Fetch-Site. Programs without a
 * browser send neither of the latter.
 *
 * @throws {QctError} `REQUEST_REFUSED`.
 * @see Fetch Metadata Request Headers, W3C; OWASP Cross-Site Request Forgery Prevention
 */
export function guardRequest({ headers, url }: Pick<FastifyRequest, 'headers' | 'url'>): void {
  if (!OWN_NAME.test(headers.host ?? ''))
    throw new QctError('REQUEST_REFUSED', { problem: phrase('server.refusedHost') })
  if (!url.startsWith(API_ROOT)) return
  const site = headers['sec-fetch-site']
  const isForeignOrigin = headers.origin !== undefined && headers.origin !== `http://${headers.host}`
  const isForeignSite = site !== undefined && site !== 'same-origin' && site !== 'none'
  if (isForeignOrigin || isForeignSite)
    throw new QctError('REQUEST_REFUSED', { problem: phrase('server.refusedOrigin') })
}
