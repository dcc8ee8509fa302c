import { ObjectSchemas } from '../istio/validation/problem';
import { VendoredSchemas } from './jsonSchema';
import { KindSchemas } from './KindSchemas';
import gatewayApi from './vendored/gatewayApi.json';
import istio from './vendored/istio.json';

let schemas: ObjectSchemas | undefined;

/**
 * The schemas of Istio and the Gateway API that come with this package (see `vendored/README.md`). They and the
 * language of their rules are large, so that they have an entry point of their own, for those who use them.
 */
export function vendoredSchemas(): ObjectSchemas {
  // Unknown first: the compiler would compare their types, which are as large as they are.
  const files: unknown[] = [istio as unknown, gatewayApi as unknown];
  // scripts/vendor-schemas.mjs writes them in this form.
  schemas ??= KindSchemas.create(files as VendoredSchemas[]);
  return schemas;
}

export type {
  ObjectSchemas,
  RawObject,
  UnknownField,
  ValidationProblem,
} from '../istio/validation/problem';
