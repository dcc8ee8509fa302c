import { ClientReading, Refusal, seenBy } from './refusal';

describe('seenBy', () => {
  it.each<[Refusal, ClientReading, string]>([
    ['no-route', 'http', '404 NR'],
    ['no-cluster', 'http', '503 NC'],
    ['no-endpoint', 'http', '503 UH'],
    ['no-connection', 'http', '503 UF'],
    ['closed', 'http', '503 UC'],
    ['blackhole', 'http', '502'],
    ['no-cluster', 'tcp', 'closed NC'],
    ['no-endpoint', 'tcp', 'closed UH'],
    ['no-connection', 'tcp', 'closed UF'],
    ['closed', 'tcp', 'closed'],
    ['no-connection', 'none', 'closed'],
    ['closed', 'none', 'closed'],
  ])('%s, read as %s: %s', (refusal, reading, expected) => {
    const { status, flag } = seenBy(refusal, reading);
    expect([status ?? 'closed', flag].filter(Boolean).join(' ')).toBe(expected);
  });
});
