import { defineCheck } from '../check';
import { isIstiod, isOlderThan } from '../istioVersion';
import { fullNameOf, refOf } from '../naming';

const SETTING = 'BLOCKED_CIDRS_IN_JWKS_URIS';
/** How many objects a message names. */
const NAMED = 5;

/** istiod fetches keys from wherever a RequestAuthentication says. */
export const jwksFetchUnrestricted = defineCheck({
  code: 'IST0175',
  level: 'warning',
  title: 'istiod fetches keys from any address',
  explanation:
    'istiod itself fetches the keys that a RequestAuthentication names by jwksUri. Without BLOCKED_CIDRS_IN_JWKS_URIS whoever may write one can make istiod send requests to any address that it reaches, such as the metadata service of the cloud.',
  upstream: 'authn.BlockedCIDRsAnalyzer (istioctl, from 1.30)',
  mesh: 'istio',
  subject: 'apps/Deployment',
  needs: ['security.istio.io/RequestAuthentication'],
  *run(deployment, snapshot) {
    const { containers } = deployment.spec.template.spec;
    if (
      !isIstiod(deployment) ||
      isOlderThan(deployment, 30) ||
      containers.some(({ env }) =>
        env.some(({ name, value }) => name === SETTING && value),
      )
    ) {
      return;
    }
    const names = [...snapshot.list('security.istio.io/RequestAuthentication')]
      .map(fullNameOf)
      .sort();
    if (names.length > 0) {
      yield {
        message: `${refOf(
          deployment,
        )} does not set ${SETTING}, and fetches keys for RequestAuthentication ${names
          .slice(0, NAMED)
          .join(', ')}${
          names.length > NAMED ? ` and ${names.length - NAMED} more` : ''
        }: set it to the networks that istiod shall not ask`,
        field: 'spec.template.spec.containers[0].env',
      };
    }
  },
});
