import { WalkAnswer } from 'backstage-plugin-mesh-common';
import { TestRequest } from './situation';

type App = TestRequest['app'];

/** What an application that fails or is slow comes to under the timeouts and retries of a route. */
export interface AppAnswer {
  /** cut: the proxy does not wait for it. */
  status: number | 'cut';
  /** How often the application is asked; undefined: it depends on how the time runs. */
  tries?: number;
}

/** Envoy: a try that is too slow is answered 504 once there is none left. */
export function appAnswer(
  app: App,
  { timeoutMs, retries }: Pick<WalkAnswer, 'timeoutMs' | 'retries'>,
): AppAnswer {
  const delayMs = (app.delaySeconds ?? 0) * 1000;
  const limits = [timeoutMs, retries?.perTryTimeoutMs];
  if (limits.some(limit => limit !== undefined && delayMs > limit)) {
    return { status: 'cut' };
  }
  const retried = isRetried(503, retries) ? retries?.attempts ?? 0 : 0;
  if (app.failures !== undefined) {
    return {
      status: app.failures > retried ? 503 : 200,
      tries: Math.min(app.failures, retried) + 1,
    };
  }
  const status = app.status ?? 200;
  return {
    status,
    tries: isRetried(status, retries) ? (retries?.attempts ?? 0) + 1 : 1,
  };
}

/** Envoy source/common/router/retry_state_impl.cc, `wouldRetryFromHeaders`. */
function isRetried(status: number, retries: WalkAnswer['retries']): boolean {
  if (!retries) {
    return false;
  }
  const { on, codes } = retries;
  return (
    codes.includes(status) ||
    (on.includes('5xx') && status >= 500) ||
    (on.includes('gateway-error') && [502, 503, 504].includes(status)) ||
    (on.includes('retriable-4xx') && status === 409)
  );
}

/**
 * How often applications hear of a request, with what is mirrored. Undefined where that is left to chance or to how
 * the time runs.
 */
export function arrivals(answer: WalkAnswer, app: App): number | undefined {
  const { branches, mirrors, abort } = answer;
  const { tries } = appAnswer(app, answer);
  const copies = mirrors.reduce((sum, { percent }) => sum + percent / 100, 0);
  const delivered = branches.filter(({ percent }) => percent > 0);
  const isSure =
    !abort &&
    Number.isInteger(copies) &&
    delivered.length > 0 &&
    delivered.every(({ outcome }) => outcome === 'delivered');
  return isSure && tries !== undefined ? tries + copies : undefined;
}
