/**
 * Cases that may fail, each with the reason. A difference belongs here only when it is understood and allowed by the
 * standard or a fault of the suite, never to quiet a failure that nobody has explained.
 *
 * @type {readonly { readonly prefix: string, readonly reason: string }[]}
 */
export const ACCEPTED = [];
