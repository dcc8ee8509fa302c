import IconButton from '@material-ui/core/IconButton';
import GetAppIcon from '@material-ui/icons/GetApp';
import { useMeshTranslation } from '../../hooks/useMeshTranslation';
import { CsvValue, toCsv } from './csv';

/** A table as a file. */
export interface CsvExport {
  /** Name of the file, without its ending. */
  name: string;
  header: readonly string[];
  rows: readonly (readonly CsvValue[])[];
}

/** Downloads a table as a CSV file. */
export function CsvButton(props: { data: CsvExport }) {
  const t = useMeshTranslation();
  return (
    <IconButton
      size="small"
      aria-label={`${t('table.csv')}: ${props.data.name}`}
      title={t('table.csv')}
      onClick={() => download(props.data)}
    >
      <GetAppIcon fontSize="small" />
    </IconButton>
  );
}

function download({ name, header, rows }: CsvExport): void {
  const blob = new Blob([toCsv(header, rows)], {
    type: 'text/csv;charset=utf-8',
  });
  const url = URL.createObjectURL(blob);
  const link = document.createElement('a');
  link.href = url;
  link.download = `${name}.csv`;
  link.click();
  URL.revokeObjectURL(url);
}
