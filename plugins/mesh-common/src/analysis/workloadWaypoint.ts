type Labels = Readonly<Record<string, string>>;

const USE = 'istio.io/use-waypoint';
const USE_NAMESPACE = 'istio.io/use-waypoint-namespace';

/** The waypoint that labels name; undefined where they name none, or opt out. */
export function waypointNamed(
  labels: Labels,
): { name: string; namespace?: string } | undefined {
  const name = labels[USE];
  return name && name !== 'none'
    ? {
        name,
        ...(labels[USE_NAMESPACE] && { namespace: labels[USE_NAMESPACE] }),
      }
    : undefined;
}
