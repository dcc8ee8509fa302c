import { formatValue } from './engine';
import type { Labels, Series, SeriesSource } from './promql/series';

/**
 * The samples between two moments (milliseconds) in the OpenMetrics text form, with timestamps: what
 * `promtool tsdb create-blocks-from openmetrics` reads into a real Prometheus.
 */
export function* exportOpenMetrics(
  source: SeriesSource,
  from: number,
  to: number,
): Iterable<string> {
  const families = new Map<string, Series[]>();
  for (const series of source.select([])) {
    const name = series.labels.__name__;
    const family = families.get(name) ?? [];
    family.push(series);
    families.set(name, family);
  }
  for (const [name, members] of families) {
    yield `# TYPE ${name} unknown\n`;
    for (const series of members) {
      for (const { time, value } of series.samples(from - 1, to)) {
        yield `${name}${labelText(series.labels)} ${formatValue(value)} ${
          time / 1_000
        }\n`;
      }
    }
  }
  yield '# EOF\n';
}

function labelText(labels: Labels): string {
  const pairs = Object.entries(labels)
    .filter(([name]) => name !== '__name__')
    .map(([name, value]) => `${name}="${escape(value)}"`);
  return pairs.length > 0 ? `{${pairs.join(',')}}` : '';
}

function escape(value: string): string {
  return value
    .replace(/\\/g, '\\\\')
    .replace(/"/g, '\\"')
    .replace(/\n/g, '\\n');
}
