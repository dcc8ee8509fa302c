import { useEntityTitles } from '../../hooks/useEntityTitles';
import { SelectField } from './SelectField';

/** One of the owners, by the titles of their entities. */
export function OwnerField(props: {
  id: string;
  label: string;
  /** The reference of the chosen one; empty for any. */
  value: string;
  owners: readonly string[];
  any: string;
  onChange(owner: string): void;
}) {
  const { id, label, value, owners, any, onChange } = props;
  // One that is in the URL may own nothing any more.
  const refs = [...new Set([...owners, ...(value ? [value] : [])])].sort();
  const titles = useEntityTitles(refs, 'group');
  const options = refs
    .map(ref => ({ value: ref, label: titles.get(ref) ?? ref }))
    .sort((a, b) => a.label.localeCompare(b.label));
  return (
    <SelectField
      id={id}
      label={label}
      value={value}
      options={[{ value: '', label: any }, ...options]}
      onChange={onChange}
    />
  );
}
