import { a1111Handlers } from './a1111/index.ts';
import { sdnextHandlers } from './sdnext/index.ts';
import { a1111Table } from './tables/a1111.ts';
import { forgeTable } from './tables/forge.ts';
import { reforgeTable } from './tables/reforge.ts';
import {
  a1111Samplers,
  a1111Schedulers,
  forgeSamplers,
  forgeSchedulers,
  reforgeSamplers,
  reforgeSchedulers,
  sdnextOwnSchedule,
  sdnextSamplers,
  sdnextSchedulers,
} from './tables/samplers.ts';
import { sdnextTable } from './tables/sdnext.ts';
import type { WebuiTarget } from './target.ts';

const none: ReadonlySet<string> = new Set();

/** The servers that plans are compiled for. */
export const webuiTargets = {
  a1111: {
    table: a1111Table,
    handlers: a1111Handlers,
    server: {
      samplers: a1111Samplers,
      schedulers: a1111Schedulers,
      ownSchedule: none,
      hiresCfg: 'none',
      vaeOption: 'sd_vae',
    },
  },
  reforge: {
    table: reforgeTable,
    handlers: a1111Handlers,
    server: {
      samplers: reforgeSamplers,
      schedulers: reforgeSchedulers,
      ownSchedule: none,
      hiresCfg: 'over 0',
      vaeOption: 'sd_vae',
    },
  },
  forge: {
    table: forgeTable,
    handlers: a1111Handlers,
    server: {
      samplers: forgeSamplers,
      schedulers: forgeSchedulers,
      ownSchedule: none,
      hiresCfg: 'any',
      vaeOption: 'forge_additional_modules',
    },
  },
  sdnext: {
    table: sdnextTable,
    handlers: sdnextHandlers,
    server: {
      samplers: sdnextSamplers,
      schedulers: sdnextSchedulers,
      ownSchedule: sdnextOwnSchedule,
      hiresCfg: 'none',
      vaeOption: 'sd_vae',
    },
  },
} as const satisfies Readonly<Record<string, WebuiTarget>>;

export type WebuiTargetName = keyof typeof webuiTargets;
