/**
 * The real library, loaded by Node itself: it is an ES module of a thousand files, which every test would
 * otherwise have to transform.
 */
const { createRequire } = process.getBuiltinModule('node:module');
module.exports = createRequire(__filename)('@kubernetes/client-node');

export {};
