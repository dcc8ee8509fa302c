import { linkProblems } from '../../linkerd/control-plane/linkProblems';
import { defineCheck } from '../check';
import { refOf } from '../naming';

export const linkBroken = defineCheck({
  code: 'MESH-L0801',
  aliases: [
    'l5d-multicluster-links-are-valid',
    'l5d-multicluster-service-mirror-running',
  ],
  level: 'error',
  title: 'A Link does not mirror what it should',
  explanation:
    'A Link says which cluster’s Services are mirrored here; a controller of its own does that, with credentials for that cluster. Without them, and without a controller that is ready, what was mirrored keeps old addresses and nothing new comes.',
  upstream:
    'multicluster/cmd/check.go, "Link resources are valid", "service mirror controllers are running" (linkerd2)',
  mesh: 'linkerd',
  subject: 'multicluster.linkerd.io/Link',
  needs: ['apps/Deployment'],
  *run(link, snapshot) {
    for (const { state, text, field } of linkProblems(snapshot, link)) {
      yield {
        message: `Of ${refOf(link)}: ${text}`,
        level: state === 'bad' ? 'error' : 'warning',
        ...(field && { field }),
      };
    }
  },
});
