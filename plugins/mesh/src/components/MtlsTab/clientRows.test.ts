import { protectedMtls, reviewsMtls } from '../../__fixtures__/mtls';
import { reviewsObserved } from '../../__fixtures__/observed';
import { plain, testTranslate } from '../../__testUtils__/testTranslate';
import { clientRows, sendsGroups, worstSendsOf } from './clientRows';
import { clientsOf, clientTable } from './clientTable';
import { clientName, clientsCsv, portsText } from './clientText';
import { workloadViews } from './workloadViews';

const t = testTranslate();
const [, v2, west] = reviewsMtls.workloads;
const [, v2Observed, westObserved] = reviewsObserved.workloads;

describe('clientRows', () => {
  it('joins configuration and observation, worst first, classes last', () => {
    expect(
      clientRows(v2, v2Observed).map(row => [
        clientName(t, row),
        worstSendsOf(row),
        row.sources,
        row.seen && row.seen.mtls + row.seen.plaintext,
      ]),
    ).toEqual([
      ['cron (east)', 'plaintext', ['observed'], 150],
      ['importer (east)', 'plaintext', ['observed', 'declared'], 1000],
      ['productpage (east)', 'mtls', ['observed', 'declared'], 28800],
      ['Anybody else in the same namespace', 'mtls', ['class'], undefined],
      ['Anybody else in the mesh', 'mtls', ['class'], undefined],
      ['Anybody outside the mesh', 'plaintext', ['class'], undefined],
    ]);
  });

  it('knows a caller by its identity where there is no workload', () => {
    expect(clientRows(west, westObserved)).toHaveLength(1);
  });

  it('shows configuration alone until observation is there', () => {
    const rows = clientRows(v2, undefined);
    expect(rows.map(row => clientName(t, row))).toEqual([
      'importer (east)',
      'productpage (east)',
      'Anybody else in the same namespace',
      'Anybody else in the mesh',
      'Anybody outside the mesh',
    ]);
    expect(rows.every(row => row.seen === undefined)).toBe(true);
  });

  it('adds up what one caller sent to several ports', () => {
    const [caller] = westObserved.callers;
    const [row] = clientRows(west, {
      ...westObserved,
      callers: [caller, { ...caller, port: 9090 }],
    });
    expect(row.seen?.mtls).toBe(1280);
  });

  it('says nothing of what a caller sends that configuration does not know', () => {
    const [caller] = westObserved.callers;
    const rows = clientRows(west, {
      ...westObserved,
      callers: [{ traffic: caller.traffic }],
    });
    expect(rows.find(row => clientName(t, row) === 'unknown')).toMatchObject({
      sources: ['observed'],
      ports: [],
    });
  });
});

describe('sendsGroups', () => {
  it('puts the ports of one kind together, with the reasons of all', () => {
    const importer = clientRows(v2, undefined)[0];
    expect(
      sendsGroups(importer).map(({ sends, ports }) => [
        sends.value,
        ports,
        sends.reasons.length,
      ]),
    ).toEqual([
      ['plaintext', [8080], 1],
      ['fails', [9080], 2],
    ]);
  });
});

describe('clientTable', () => {
  const entries = clientTable(
    clientsOf(workloadViews(reviewsMtls, reviewsObserved)),
  ).map(({ client, called }) => [
    clientName(t, client),
    called.map(view => view.mtls.workload.name),
  ]);

  it('has a row for each workload that a known client calls', () => {
    expect(entries.filter(([name]) => name === 'productpage (east)')).toEqual([
      ['productpage (east)', ['reviews-v2']],
      ['productpage (east)', ['reviews-v1']],
    ]);
  });

  it('has one row for a class that sends the same to several workloads', () => {
    const [workload] = protectedMtls.workloads;
    const twin = {
      ...workload,
      workload: { ...workload.workload, name: 'twin' },
    };
    expect(
      clientTable(
        clientsOf(
          workloadViews(
            { ...protectedMtls, workloads: [workload, twin] },
            undefined,
          ),
        ),
      )
        .filter(({ client }) => client.class)
        .map(({ called }) => called.map(view => view.mtls.workload.name)),
    ).toEqual([
      ['reviews-v1', 'twin'],
      ['reviews-v1', 'twin'],
      ['reviews-v1', 'twin'],
    ]);
  });
});

it.each([
  [[8080, 9080], 2, 'all ports'],
  [[8080, 9080], 3, 'ports 8080, 9080'],
  [[8080], 1, 'port 8080'],
])('names the ports %p of %p as %s', (ports, all, text) => {
  expect(plain(portsText(t, ports, all))).toBe(text);
});

it('has a line of CSV for each kind of sending', () => {
  const rows = workloadViews(reviewsMtls, reviewsObserved)
    .filter(view => view.mtls === v2)
    .flatMap(view =>
      clientRows(view.mtls, view.observed).map(client => ({ view, client })),
    );
  const { rows: lines } = clientsCsv(t, rows);
  expect(lines.filter(([name]) => name === 'importer (east)')).toEqual([
    [
      'importer (east)',
      'legacy',
      'component:default/importer',
      undefined,
      'it was seen calling; the catalog declares it',
      'reviews-v2 (east)',
      '8080',
      'plaintext',
      expect.stringContaining('has no label istio-injection'),
      0,
      1000,
      0,
      'requests',
    ],
    expect.arrayContaining(['9080', 'fails']),
  ]);
});
