import { ActionsRegistryService } from '@backstage/backend-plugin-api/alpha';
import { AnswerContext } from '../answers/context';
import { Authorizer } from '../router/Authorizer';
import { ENTITY_ACTIONS, EntityAction } from './entityActions';

export interface ActionOptions {
  actionsRegistry: ActionsRegistryService;
  context: AnswerContext;
  authorizer: Authorizer;
}

/** Offers the questions about entities to the actions registry: for tools, templates and assistants. All only read. */
export function registerActions(options: ActionOptions): void {
  for (const action of ENTITY_ACTIONS) {
    registerEntityAction(action, options);
  }
}

function registerEntityAction(
  { name, title, description, answer }: EntityAction,
  { actionsRegistry, context, authorizer }: ActionOptions,
): void {
  actionsRegistry.register({
    name,
    title,
    description: description.trim(),
    attributes: { readOnly: true, destructive: false, idempotent: true },
    schema: {
      input: z =>
        z.object({
          name: z.string().min(1).describe('The name of the entity'),
          kind: z
            .string()
            .min(1)
            .default('component')
            .describe('The kind of the entity. Default: component'),
          namespace: z
            .string()
            .min(1)
            .default('default')
            .describe('The namespace of the entity. Default: default'),
        }),
      output: z =>
        z
          .object({
            entityRef: z.string().describe('The entity that was asked about'),
          })
          .passthrough()
          .describe('The answer of the HTTP API, see /api/mesh/openapi.json'),
    },
    examples: [
      {
        title: `${title}: the component reviews`,
        input: { name: 'reviews', kind: 'component', namespace: 'default' },
      },
    ],
    action: async ({ input, credentials }) => {
      const question = await authorizer.entityReader(
        authorizer.requireUser(credentials),
        input,
      );
      return { output: { ...(await answer(context, question, authorizer)) } };
    },
  });
}
