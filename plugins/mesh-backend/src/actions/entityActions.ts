import { AnswerContext, EntityQuestion } from '../answers/context';
import { findingsAnswer } from '../answers/findings';
import { mtlsAnswer } from '../answers/mtls';
import { routingAnswer } from '../answers/routing';
import { readinessAnswer } from '../checklist/readiness';
import { Authorizer } from '../router/Authorizer';

/** A question about one entity that may be asked through the actions registry. */
export interface EntityAction {
  name: string;
  title: string;
  /** For whoever, or whatever, chooses among actions: what the answer has, and when to ask. */
  description: string;
  answer(
    context: AnswerContext,
    question: EntityQuestion,
    authorizer: Authorizer,
  ): Promise<{ entityRef: string }>;
}

/** What the answers have in common. */
const COMMON = `
Every answer carries \`reasons\`: the rule, one sentence, and the Kubernetes object and field that decided. \`unknown\`
means that an input could not be read, and \`cause\` says why; it is never to be taken as good. \`clusters\` says how well
each cluster could be read.`;

/** The actions about entities. Each gives what the route of the HTTP API gives, to the same people. */
export const ENTITY_ACTIONS: readonly EntityAction[] = [
  {
    name: 'get-entity-mtls',
    title: 'Get mTLS of an entity',
    description: `
Whether the traffic of a catalog entity is protected by mutual TLS in Istio or Linkerd, by its configuration.

\`verdict\` sums up (from best to worst: protected, mtls-in-use, unknown, in-part, unprotected, not-in-mesh). \`workloads\` has, for
each workload, how it is enrolled in a mesh, what each port accepts whoever calls, and what each known client sends.
${COMMON}`,
    answer: mtlsAnswer,
  },
  {
    name: 'get-entity-routes',
    title: 'Get routes of an entity',
    description: `
Where requests to the Kubernetes Services of a catalog entity go in Istio or Linkerd.

\`services\` has, for each Service and port, the effective rules in the order in which proxies try them, with conditions, weights,
timeouts and retries, what never matches, and what is ignored.
${COMMON}`,
    answer: (context, question) => routingAnswer(context, question, undefined),
  },
  {
    name: 'get-entity-findings',
    title: 'Get mesh findings of an entity',
    description: `
What is wrong with the configuration of Istio or Linkerd that concerns a catalog entity.

\`findings\` has the code of each (of istioctl analyze or Kiali where they have the rule), its level, what is wrong, and the object and
field. \`skipped\` has the checks that could not run, with what could not be read: no finding of those means nothing.`,
    answer: findingsAnswer,
  },
  {
    name: 'get-entity-readiness',
    title: 'Get production readiness of an entity',
    description: `
The production readiness checklist of a catalog entity: its sections, and for each item its state with the evidence, and what people
attested or waived. An item is \`unknown\` where nothing measured it and nobody vouched for it; that never counts as pass.`,
    answer: async (context, question, authorizer) =>
      readinessAnswer(
        context,
        question,
        await authorizer.checklistKinds(question),
      ),
  },
];
