import { FleetService } from 'backstage-plugin-mesh-common';
import { useMemo } from 'react';
import { UrlState, useUrlState } from '../../hooks/useUrlState';
import {
  filterServices,
  parseOrder,
  ServiceFilter,
  ServiceOrder,
  sortServices,
} from './serviceFilter';

export const PAGE_SIZE = 50;

/** The services that the table shows, by what the URL says. */
export interface ServiceView {
  filter: ServiceFilter;
  order: ServiceOrder;
  /** All that match, in order. */
  matching: FleetService[];
  /** Those of the current page. */
  shown: FleetService[];
  /** Counts from 0. */
  page: number;
  pages: number;
  url: UrlState;
}

export function useServiceView(services: readonly FleetService[]): ServiceView {
  const url = useUrlState();
  const q = url.get('q');
  const verdict = url.get('verdict');
  const mesh = url.get('mesh');
  const cluster = url.get('cluster');
  const owner = url.get('owner');
  const sort = url.get('sort');
  const filter = useMemo(
    () => ({ q, verdict, mesh, cluster, owner }),
    [q, verdict, mesh, cluster, owner],
  );
  const order = useMemo(() => parseOrder(sort), [sort]);
  const matching = useMemo(
    () => sortServices(filterServices(services, filter), order),
    [services, filter, order],
  );
  const pages = Math.max(1, Math.ceil(matching.length / PAGE_SIZE));
  const written = Number(url.get('page') ?? 1);
  const page = Number.isInteger(written)
    ? Math.min(Math.max(written, 1), pages) - 1
    : 0;
  return {
    filter,
    order,
    matching,
    shown: matching.slice(page * PAGE_SIZE, (page + 1) * PAGE_SIZE),
    page,
    pages,
    url,
  };
}
