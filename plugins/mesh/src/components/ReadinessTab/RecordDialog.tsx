import { useApi } from '@backstage/core-plugin-api';
import Button from '@material-ui/core/Button';
import Dialog from '@material-ui/core/Dialog';
import DialogActions from '@material-ui/core/DialogActions';
import DialogContent from '@material-ui/core/DialogContent';
import DialogTitle from '@material-ui/core/DialogTitle';
import { makeStyles } from '@material-ui/core/styles';
import TextField from '@material-ui/core/TextField';
import Typography from '@material-ui/core/Typography';
import {
  ChecklistItemResult,
  ChecklistRecord,
} from 'backstage-plugin-mesh-common';
import { FormEvent, useState } from 'react';
import { MeshApi, meshApiRef } from '../../api/MeshApi';
import { EntityParams } from '../../hooks/useEntityParams';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { useFieldStyles } from '../Fields/useFieldStyles';
import { errorText } from '../States/AnswerFailure';
import { Notice } from '../States/Notice';
import {
  RECORD_FIELDS,
  RecordField,
  RecordProblems,
  recordProblems,
  RecordValues,
  refusedFields,
} from './recordProblems';

/** What somebody is about to say about an item. */
export type Asked =
  | { action: 'attest' | 'waive'; item: ChecklistItemResult }
  | { action: 'revoke'; item: ChecklistItemResult; record: ChecklistRecord };

const useStyles = makeStyles(
  theme => ({
    fields: { display: 'grid', gap: theme.spacing(2) },
  }),
  { name: 'MeshRecordDialog' },
);

/** Asks for the reason (and proof and last day), writes it, and says what the backend refuses beside its field. */
export function RecordDialog(props: {
  asked: Asked;
  params: EntityParams;
  onClose(): void;
  onWritten(): void;
}) {
  const { asked, params, onClose, onWritten } = props;
  const { action, item } = asked;
  const api = useApi(meshApiRef);
  const t = useMeshTranslation();
  const classes = useStyles();
  const fieldClasses = useFieldStyles();
  const [values, setValues] = useState<RecordValues>({
    reason: '',
    link: '',
    expires: '',
  });
  const [error, setError] = useState<Error>();
  const [isWriting, setWriting] = useState(false);
  const [problems, setProblems] = useState<RecordProblems>({});
  const shown = action === 'revoke' ? (['reason'] as const) : RECORD_FIELDS;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setError(undefined);
    const found = recordProblems(t, values, shown, new Date());
    setProblems(found);
    const firstWrong = shown.find(field => found[field]);
    if (firstWrong) {
      document.getElementById(fieldId(firstWrong))?.focus();
      return;
    }
    setWriting(true);
    try {
      await write(api, asked, params, values);
      onWritten();
      onClose();
    } catch (thrown) {
      const failure =
        thrown instanceof Error ? thrown : new Error(String(thrown));
      const refused = refusedFields(failure);
      setProblems(refused.fields);
      setError(refused.isOfFieldsOnly ? undefined : failure);
      const first = shown.find(field => refused.fields[field]);
      if (first) {
        document.getElementById(fieldId(first))?.focus();
      }
      setWriting(false);
    }
  };

  return (
    <Dialog
      open
      onClose={onClose}
      aria-labelledby="mesh-record-title"
      aria-describedby="mesh-record-hint"
      fullWidth
      maxWidth="sm"
    >
      <form onSubmit={submit} noValidate>
        <DialogTitle id="mesh-record-title">
          {t(`readiness.dialog.${action}Title`, { item: item.title })}
        </DialogTitle>
        <DialogContent className={classes.fields}>
          <Typography id="mesh-record-hint">
            {t(`readiness.dialog.${action}Hint`, { looksAt: item.looksAt })}
          </Typography>
          {shown.map(field => (
            <TextField
              key={field}
              id={fieldId(field)}
              label={t(`readiness.dialog.${field}`)}
              value={values[field]}
              required={field !== 'link'}
              multiline={field === 'reason'}
              minRows={field === 'reason' ? 3 : undefined}
              type={field === 'expires' ? 'date' : 'text'}
              variant="outlined"
              error={problems[field] !== undefined}
              helperText={
                problems[field] ??
                (field === 'expires'
                  ? t('readiness.dialog.expiresHint')
                  : undefined)
              }
              InputLabelProps={{ shrink: true, className: fieldClasses.text }}
              FormHelperTextProps={{ className: fieldClasses.text }}
              onChange={event => {
                const { value } = event.target;
                setValues(before => ({ ...before, [field]: value }));
              }}
            />
          ))}
          {error && (
            <Notice tone="bad" urgent title={t('readiness.dialog.failed')}>
              {errorText(error)}
            </Notice>
          )}
        </DialogContent>
        <DialogActions>
          <Button onClick={onClose}>{t('readiness.dialog.cancel')}</Button>
          <Button
            type="submit"
            variant="contained"
            color="primary"
            disabled={isWriting}
          >
            {t(`readiness.dialog.${action}`)}
          </Button>
        </DialogActions>
      </form>
    </Dialog>
  );
}

function fieldId(field: RecordField): string {
  return `mesh-record-${field}`;
}

async function write(
  api: MeshApi,
  asked: Asked,
  params: EntityParams,
  { reason, link, expires }: RecordValues,
): Promise<void> {
  if (asked.action === 'revoke') {
    await api.write('revoke', {
      params: { ...params, record: asked.record.id },
      body: { reason },
    });
    return;
  }
  await api.write(asked.action, {
    params: { ...params, item: asked.item.id },
    body: { reason, expires, ...(link.trim() && { link: link.trim() }) },
  });
}
