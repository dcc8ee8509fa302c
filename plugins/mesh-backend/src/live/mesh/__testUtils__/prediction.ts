import { WalkAnswer, WalkBranch } from 'backstage-plugin-mesh-common';
import { appAnswer } from './application';
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
  /** Those that a rule changes; null: the application does not see it. */
  headers?: Readonly<Record<string, string | null>>;
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
  /** Names are in lower case. */
  headers: Readonly<Record<string, string>>;
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
  const { outcome, branches, delay, abort } = answer;
  if (outcome.value === 'unknown') {
    return undefined;
  }
  const common =
    delay && delay.percent >= 100 ? { seconds: delay.ms / 1000 } : {};
  if (branches.length === 0) {
    return outcome.value === 'depends'
      ? undefined
      : [{ percent: 100, ...common, ...endedEarly(answer) }];
  }
  const goOn = 100 - (abort?.percent ?? 0);
  return [
    ...(abort
      ? [
          {
            percent: abort.percent,
            by: 'mesh' as const,
            status: abort.status,
            ...common,
          },
        ]
      : []),
    ...branches
      .filter(({ percent }) => percent > 0)
      .map(branch => ({
        percent: (branch.percent * goOn) / 100,
        ...common,
        ...ofBranch(branch, answer, sent, app),
      })),
  ];
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
  branch: WalkBranch,
  answer: WalkAnswer,
  sent: Sent,
  app: TestRequest['app'],
): Omit<Alternative, 'percent'> {
  if (branch.outcome === 'unmeshed') {
    return { by: 'either', identity: null };
  }
  if (branch.outcome !== 'delivered') {
    return { by: 'mesh', status: branch.status };
  }
  const { status } = appAnswer(app, answer);
  return status === 'cut'
    ? { by: 'mesh', status: 504 }
    : { by: 'application', status, ...seenByApplication(branch, answer, sent) };
}

function seenByApplication(
  { workloads, sends }: WalkBranch,
  { rewrite, requestHeaders, request }: WalkAnswer,
  { path, authority, identity, headers }: Sent,
): Omit<Alternative, 'percent' | 'by'> {
  const query = /\?.*$/.exec(path)?.[0] ?? '';
  const mutual = sends === 'mtls';
  // Proxies that pass bytes on tell nobody whose they are.
  const isTold = request.protocol === 'http' && (!mutual || identity);
  return {
    ...(workloads.length > 0 && { pods: workloads.map(({ name }) => name) }),
    ...(isTold && { identity: mutual ? identity : null }),
    path: rewrite?.path === undefined ? path : `${rewrite.path}${query}`,
    authority: rewrite?.authority ?? authority,
    headers: changed(headers, requestHeaders),
  };
}

/** The headers that a rule changes, as the application sees them; null: it does not. */
function changed(
  sent: Readonly<Record<string, string>>,
  { set = {}, add = {}, remove = [] }: WalkAnswer['requestHeaders'] = {},
): Record<string, string | null> {
  const result: Record<string, string | null> = {};
  for (const name of remove) {
    result[name.toLowerCase()] = null;
  }
  for (const [name, value] of Object.entries(set)) {
    result[name.toLowerCase()] = value;
  }
  for (const [name, value] of Object.entries(add)) {
    const key = name.toLowerCase();
    const before = key in result ? result[key] : sent[key];
    result[key] =
      before === null || before === undefined ? value : `${before},${value}`;
  }
  // It is the authority.
  delete result.host;
  return result;
}
