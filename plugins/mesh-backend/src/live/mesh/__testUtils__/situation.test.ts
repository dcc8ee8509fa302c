import { NAMESPACES } from './places';
import { readSituation, situationNames, withValues } from './situation';

describe('the situations', () => {
  const all = situationNames();

  it.each(all)('%s can be read, and stays in its namespaces', name => {
    const { objects } = readSituation(name);
    expect(NAMESPACES).toEqual(
      expect.arrayContaining(objects.map(({ metadata }) => metadata.namespace)),
    );
  });

  it('are enough', () => {
    const requests = all.flatMap(name => readSituation(name).requests);
    expect(all.length).toBeGreaterThanOrEqual(40);
    expect(requests.length).toBeGreaterThanOrEqual(200);
  });
});

describe('withValues', () => {
  it('puts values into their places, and leaves others', () => {
    expect(withValues('${a} ${b} ${a}', { a: '1' })).toBe('1 ${b} 1');
  });
});
