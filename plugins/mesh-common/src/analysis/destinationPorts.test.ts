import { clusterOf } from '../__testUtils__/cluster';
import { istio, meshSettings } from '../istio/__testUtils__/istio';
import { Analyzer } from './Analyzer';
import { ISTIO_CHECKS } from './istioChecks';

/** As istioctl answers (1.31). */
describe('the ports of a host that several ServiceEntries have', () => {
  const found = (code: string, entries: string, port: string) =>
    Analyzer.create(ISTIO_CHECKS)
      .analyze(
        clusterOf(
          meshSettings() +
            entries +
            istio(
              'VirtualService',
              'v',
              `{ hosts: [db.example.com], http: [{ route: [{ destination: { host: db.example.com${port} } }] }] }`,
            ),
        ),
      )
      .findings.filter(finding => finding.code === code)
      .map(({ object }) => object.name);

  const entry = (name: string, numbers: readonly number[], exportTo: string) =>
    istio(
      'ServiceEntry',
      name,
      `{ hosts: [db.example.com], exportTo: [${exportTo}], ports: [${numbers
        .map(
          number => `{ number: ${number}, name: p${number}, protocol: HTTP }`,
        )
        .join(', ')}] }`,
    );

  it.each<[string, string, string[]]>([
    [
      'several for all namespaces, one for its own',
      entry('a', [80], '.') + entry('b', [80, 81], "'*'"),
      ['v'],
    ],
    [
      'one for all namespaces, several for its own',
      entry('a', [80, 81], '.') + entry('b', [80], "'*'"),
      [],
    ],
    [
      'several for its own, and one for another',
      entry('a', [80], 'elsewhere') + entry('b', [80, 81], '.'),
      ['v'],
    ],
  ])(
    'IST0112 goes by what all namespaces see first: %s',
    (_, entries, expected) => {
      expect(found('IST0112', entries, '')).toEqual(expected);
    },
  );

  it.each<[number, string[]]>([
    [80, []],
    [81, []],
    [82, ['v']],
  ])('IST0101 is content with either: port %d', (port, expected) => {
    const entries = entry('a', [80], '.') + entry('b', [81], "'*'");
    expect(found('IST0101', entries, `, port: { number: ${port} }`)).toEqual(
      expected,
    );
  });
});
