export const drawerMessages = {
  close: 'Close',
  reasons: 'Why',
  mayDiffer: 'What happens may differ',
  mayDifferHint:
    'These objects select it too, and what they do is not part of this answer.',
  rule: 'Rule',
  gone: 'This answer is not on the page any more. What follows is the object that was opened with it.',
  goneWithoutObject:
    'This answer is not on the page any more. Close this panel to see the current ones.',
  openObject: 'Show {{object}}',
  field: 'Field',
  cluster: 'Cluster',
  copy: 'Copy the YAML',
  dashboard: 'Open in the dashboard of the cluster',
  incomplete:
    'Only the fields that rules read are kept of objects of this kind.',
  fieldMissing:
    'The object does not have the field {{field}}; what would contain it is marked.',
  fieldAbsent: 'The object does not have the field {{field}}.',
  yaml: 'YAML of {{object}}',
  marked: 'the field that decided',
} as const;
