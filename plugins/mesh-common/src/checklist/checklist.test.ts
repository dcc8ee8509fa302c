import { CHECKLIST, checklistItem } from './checklist';

const items = CHECKLIST.flatMap(section => section.items);

describe('CHECKLIST', () => {
  it('has 55 items in 11 sections, five each', () => {
    expect(CHECKLIST).toHaveLength(11);
    expect(CHECKLIST.map(section => section.items.length)).toEqual(
      Array(11).fill(5),
    );
  });

  it('gives each item an id of its own that is found again', () => {
    expect(new Set(items.map(({ id }) => id)).size).toBe(55);
    for (const item of items) {
      expect(item.id).toMatch(/^[a-z0-9-]+\.[a-z0-9-]+$/);
      expect(checklistItem(item.id)).toBe(item);
    }
    expect(checklistItem('security-setup.nonsense')).toBeUndefined();
  });

  it('measures what it says is measured, and says of each what is looked at', () => {
    for (const { decidedBy, measurement, looksAt } of items) {
      expect(measurement !== undefined).toBe(decidedBy !== 'attested');
      expect(looksAt).toMatch(/\.$/);
    }
    expect(items.filter(({ measurement }) => measurement)).toHaveLength(25);
  });
});
