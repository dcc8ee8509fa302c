import { WalkAnswer, WalkBranch } from 'backstage-plugin-mesh-common';
import { TestRequest } from './situation';

/** One thing that may come of a request. What is undefined is not predicted. */
export interface Alternative {
  /** 0 to 100. */
  percent: number;
  status?: number | null;
  /** Who answers: the application, or a proxy (or nobody). */
  by: 'application' | 'mesh' | 'either';
  /** Names of the pods that may answer. */
  pods?: readonly string[];
  /** What the application's proxy sees; null: none. */
  identity?: string | null;
  path?: string;
  authority?: string;
  location?: string;
  /** It takes at least so long. */
  seconds?: number;
}

export interface Sent {
  /** With the query. */
  path: string;
  authority: string;
  /** The identity that the client's proxy has. */
  identity?: string;
}

/**
 * What a walk says that comes of a request, in the terms of what a client and the application see. Undefined where
 * the walk does not know.
 */
export function predictionOf(
  answer: WalkAnswer,
  sent: Sent,
  app: TestRequest['app'],
): Alternative[] | undefined {
  const { outcome, branches, delay } = answer;
  if (outcome.value === 'unknown') {
    return undefined;
  }
  const always = delay && delay.percent >= 100;
  const common = always ? { seconds: delay.ms / 1000 } : {};
  if (branches.length === 0) {
    return outcome.value === 'depends'
      ? undefined
      : [{ percent: 100, ...common, ...endedEarly(answer) }];
  }
  return branches
    .filter(({ percent }) => percent > 0)
    .map(branch => ({
      percent: branch.percent,
      ...common,
      ...ofBranch(branch, answer, sent, app),
    }));
}

function endedEarly({
  outcome,
  status,
  redirect,
}: WalkAnswer): Omit<Alternative, 'percent'> {
  return {
    by: outcome.value === 'unmeshed' ? 'either' : 'mesh',
    status,
    ...(redirect && { location: redirect.location }),
  };
}

function ofBranch(
  { outcome, status, workloads, sends }: WalkBranch,
  { rewrite, timeoutMs }: WalkAnswer,
  { path, authority, identity }: Sent,
  app: TestRequest['app'],
): Omit<Alternative, 'percent'> {
  if (outcome === 'unmeshed') {
    return { by: 'either', identity: null };
  }
  if (outcome !== 'delivered') {
    return { by: 'mesh', status };
  }
  if (timeoutMs !== undefined && (app.delaySeconds ?? 0) * 1000 > timeoutMs) {
    return { by: 'mesh', status: 504 };
  }
  const query = /\?.*$/.exec(path)?.[0] ?? '';
  return {
    by: 'application',
    status: app.status ?? 200,
    pods: workloads.map(({ name }) => name),
    ...(sends === 'mtls' ? identity && { identity } : { identity: null }),
    path: rewrite?.path === undefined ? path : `${rewrite.path}${query}`,
    authority: rewrite?.authority ?? authority,
  };
}
