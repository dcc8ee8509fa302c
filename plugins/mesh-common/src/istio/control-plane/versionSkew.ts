/** By how many minor versions a control plane may be ahead of its proxies. */
const SUPPORTED_SKEW = 2;

/**
 * How a version of proxies stands to that of their control plane: it may be ahead of them by two minor versions, and
 * never behind them. Undefined where either is no release of Istio 1.
 *
 * Upstream: https://istio.io/latest/docs/releases/supported-releases/#control-planedata-plane-skew
 */
export function proxySkew(
  controlPlane: string,
  proxy: string,
): { minorsAhead: number; supported: boolean } | undefined {
  const [own, theirs] = [minorOf(controlPlane), minorOf(proxy)];
  if (own === undefined || theirs === undefined) {
    return undefined;
  }
  const minorsAhead = own - theirs;
  return {
    minorsAhead,
    supported: minorsAhead >= 0 && minorsAhead <= SUPPORTED_SKEW,
  };
}

/** The minor version of a release of Istio 1; undefined for another tag. */
export function minorOf(version: string): number | undefined {
  const [, minor] = /^v?1\.(\d+)\b/.exec(version) ?? [];
  return minor === undefined ? undefined : Number(minor);
}
