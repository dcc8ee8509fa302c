import { ObjectSchemas } from '../validation/problem';
import { definedSchemas } from './definitions';
import { VendoredSchemas } from './jsonSchema';
import { KindSchemas } from './KindSchemas';
import gatewayApi from './vendored/gatewayApi.json';
import istio from './vendored/istio.json';

let vendored: ObjectSchemas | undefined;

/**
 * The schemas of Istio and the Gateway API that come with this package (see `vendored/README.md`). They and the
 * language of their rules are large, so that they have an entry point of their own, for those who use them.
 *
 * @public
 */
export function vendoredSchemas(): ObjectSchemas {
  vendored ??= KindSchemas.create(vendoredFiles());
  return vendored;
}

/**
 * The schemas of these CustomResourceDefinitions, and of the kinds and versions that they leave out those that come with
 * this package. A definition that cannot be read is told to the caller and left out.
 *
 * @public
 */
export function schemasWith(
  definitions: readonly unknown[],
  onUnread: (definition: unknown, message: string) => void,
): ObjectSchemas {
  const defined = definitions.flatMap(definition => {
    try {
      return [definedSchemas(definition)];
    } catch (error) {
      if (!(error instanceof TypeError)) {
        throw error;
      }
      onUnread(definition, error.message);
      return [];
    }
  });
  return defined.length === 0
    ? vendoredSchemas()
    : KindSchemas.create([...defined, ...vendoredFiles()]);
}

function vendoredFiles(): VendoredSchemas[] {
  // Unknown first: the compiler would compare their types, which are as large as they are.
  const files: unknown[] = [istio as unknown, gatewayApi as unknown];
  // scripts/vendor-schemas.mjs writes them in this form.
  return files as VendoredSchemas[];
}

export type {
  ObjectSchemas,
  RawObject,
  UnknownField,
  ValidationProblem,
} from '../validation/problem';
