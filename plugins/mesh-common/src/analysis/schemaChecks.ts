import { ObjectSchemas } from '../validation/problem';
import { AnyCheck } from './check';
import { refusalChecks } from './checks/IST0106';
import { unknownFieldChecks } from './checks/MESH-0002';
import { refusedBySchema } from './checks/MESH-0003';
import { linkerdRefusalChecks } from './checks/MESH-L0001';

/**
 * The checks, where the schemas of the kinds are known too: then they find what breaks a schema as well.
 *
 * @public
 */
export function withSchemas(
  checks: readonly AnyCheck[],
  schemas: ObjectSchemas,
): AnyCheck[] {
  const known = [...refusalChecks(schemas), ...linkerdRefusalChecks(schemas)];
  const replaced = new Set(known.map(({ code }) => code));
  return [
    ...checks.filter(({ code }) => !replaced.has(code)),
    ...known,
    ...unknownFieldChecks(schemas),
    ...refusedBySchema(schemas),
  ];
}
