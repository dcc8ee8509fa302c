import { CHECKLIST } from '../checklist/checklist';
import { POLICY_ITEMS } from './checklistItems';

const ITEMS = CHECKLIST.flatMap(section =>
  section.items.map(({ id, title }) => ({
    id,
    section: section.title,
    item: title,
  })),
);

it.each(Object.values(POLICY_ITEMS))(
  '$id is an item of the checklist',
  item => {
    expect(ITEMS).toContainEqual(item);
  },
);
