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

/** What somebody is about to say about an item. */
export type Asked =
  | { action: 'attest' | 'waive'; item: ChecklistItemResult }
  | { action: 'revoke'; item: ChecklistItemResult; record: ChecklistRecord };

const FIELDS = ['reason', 'link', 'expires'] as const;
type Values = Record<(typeof FIELDS)[number], string>;

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
  const [values, setValues] = useState<Values>({
    reason: '',
    link: '',
    expires: '',
  });
  const [error, setError] = useState<Error>();
  const [isWriting, setWriting] = useState(false);
  const refused = error && errorText(error);
  const shown = action === 'revoke' ? (['reason'] as const) : FIELDS;

  const submit = async (event: FormEvent) => {
    event.preventDefault();
    setWriting(true);
    setError(undefined);
    try {
      await write(api, asked, params, values);
      onWritten();
      onClose();
    } catch (thrown) {
      setError(thrown instanceof Error ? thrown : new Error(String(thrown)));
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
              id={`mesh-record-${field}`}
              label={t(`readiness.dialog.${field}`)}
              value={values[field]}
              required={field !== 'link'}
              multiline={field === 'reason'}
              minRows={field === 'reason' ? 3 : undefined}
              type={field === 'expires' ? 'date' : 'text'}
              variant="outlined"
              error={refused?.includes(`"${field}"`)}
              helperText={
                field === 'expires'
                  ? t('readiness.dialog.expiresHint')
                  : undefined
              }
              InputLabelProps={{ shrink: true, className: fieldClasses.text }}
              FormHelperTextProps={{ className: fieldClasses.text }}
              onChange={event => {
                const { value } = event.target;
                setValues(before => ({ ...before, [field]: value }));
              }}
            />
          ))}
          {refused && (
            <Notice tone="bad" urgent title={t('readiness.dialog.failed')}>
              {refused}
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

async function write(
  api: MeshApi,
  asked: Asked,
  params: EntityParams,
  { reason, link, expires }: Values,
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
