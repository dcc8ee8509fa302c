import type {
  ApiBlueprint,
  ExtensionBlueprint,
  OverridableExtensionDefinition,
  PageBlueprint,
  PluginHeaderActionBlueprint,
  RouteRef,
} from '@backstage/frontend-plugin-api';
import type {
  EntityCardBlueprint,
  EntityContentBlueprint,
} from '@backstage/plugin-catalog-react/alpha';
import type { FormFieldBlueprint } from '@backstage/plugin-scaffolder-react/alpha';

/*
 * The type of the plugin, written down: what TypeScript infers spells out the parameters of every blueprint, with
 * unions in an order that depends on what was compiled before.
 */

/**
 * An extension that a blueprint makes under a name.
 *
 * @alpha
 */
export type MeshExtension<
  TBlueprint,
  TName extends string | undefined = undefined,
> = TBlueprint extends ExtensionBlueprint<infer T>
  ? OverridableExtensionDefinition<{
      kind: T['kind'];
      name: TName;
      config: T['config'];
      configInput: T['configInput'];
      output: T['output'];
      inputs: T['inputs'];
      params: T['params'];
    }>
  : never;

/**
 * The extensions of the plugin, by their ids.
 *
 * @alpha
 */
export type MeshExtensions = {
  'api:mesh': MeshExtension<typeof ApiBlueprint>;
  'page:mesh': MeshExtension<typeof PageBlueprint>;
  'plugin-header-action:mesh/help': MeshExtension<
    typeof PluginHeaderActionBlueprint,
    'help'
  >;
  'entity-content:mesh/mtls': MeshExtension<
    typeof EntityContentBlueprint,
    'mtls'
  >;
  'entity-content:mesh/routing': MeshExtension<
    typeof EntityContentBlueprint,
    'routing'
  >;
  'entity-content:mesh/traces': MeshExtension<
    typeof EntityContentBlueprint,
    'traces'
  >;
  'entity-content:mesh/readiness': MeshExtension<
    typeof EntityContentBlueprint,
    'readiness'
  >;
  'entity-card:mesh/summary': MeshExtension<
    typeof EntityCardBlueprint,
    'summary'
  >;
  'scaffolder-form-field:mesh/placement': MeshExtension<
    typeof FormFieldBlueprint,
    'placement'
  >;
};

/**
 * The routes of the plugin.
 *
 * @alpha
 */
export type MeshRoutes = {
  root: RouteRef<undefined>;
  mtls: RouteRef<undefined>;
  routing: RouteRef<undefined>;
  readiness: RouteRef<undefined>;
  traces: RouteRef<undefined>;
};
