/*
 * Property tests try the same values in every run, so that a test fails because of what was changed and not by
 * chance. `script/run fuzz` tries others; what it finds becomes an example that a test names.
 */
const fc = require('fast-check');

const { MESH_PROPERTY_SEED: seed = '1' } = process.env;

if (seed !== 'random') {
  if (!/^-?\d+$/.test(seed)) {
    throw new Error(
      `MESH_PROPERTY_SEED is ${seed}: set it to a whole number, or to "random"`,
    );
  }
  fc.configureGlobal({ seed: Number(seed) });
}
