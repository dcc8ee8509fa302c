import { Reason } from '../../contract/common';
import { Found, FoundBranch } from '../../mesh/walk/compose';
import { step } from '../../mesh/walk/steps';
import { Redirected } from './redirect';
import { statusFor, Way } from './way';

const RULE = 'linkerd/walk/route';

/** A request that a filter of its rule redirects. */
export function redirectedFound(
  way: Way,
  name: string,
  redirected: Redirected,
  reason: Reason,
): Found {
  return 'fails' in redirected
    ? {
        steps: [
          step('route', 'ends', `${name}: ${failing(redirected)}`, [reason]),
        ],
        branches: [],
        ending: { outcome: 'failed', status: statusFor(way, 500) },
      }
    : {
        steps: [step('route', 'ends', `${name}: redirects`, [reason])],
        branches: [],
        redirect: redirected.to,
        ending: { outcome: 'redirect', status: redirected.to.status },
      };
}

function failing({ fails }: Extract<Redirected, { fails: string }>): string {
  return `the redirect fails: ${fails}`;
}

/** A share that a filter of its backend redirects. */
export function redirectedBranch(
  way: Way,
  place: { percent: number; host: string; port: number },
  redirected: Redirected,
): FoundBranch {
  const isFailing = 'fails' in redirected;
  const text = isFailing
    ? failing(redirected)
    : `redirected to ${redirected.to.location}`;
  const reason: Reason = {
    rule: RULE,
    text: 'The backend has a filter that redirects',
  };
  return {
    ...place,
    workloads: [],
    sends: 'fails',
    outcome: isFailing ? 'failed' : 'redirect',
    status: isFailing ? statusFor(way, 500) : redirected.to.status,
    steps: [
      step('destination', 'ends', `${place.host}:${place.port}: ${text}`, [
        reason,
      ]),
    ],
  };
}

/** Where all shares are redirected to, if they are to one place. */
export function commonRedirect(
  backends: readonly { percent: number; redirected?: Redirected }[],
): Pick<Found, 'redirect'> {
  const targets = backends
    .filter(({ percent }) => percent > 0)
    .map(({ redirected }) =>
      redirected && 'to' in redirected ? redirected.to : undefined,
    );
  const [first] = targets;
  return first && targets.every(to => to?.location === first.location)
    ? { redirect: first }
    : {};
}
