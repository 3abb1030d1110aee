import rowsSource from '../../../shaders/design/rows.wgsl?raw';
import threefry from '../../../shaders/random/threefry.wgsl?raw';
import type { Engine } from '../../gpu';
import type { Words } from '../../math';
import { checkCount, checkRows, type Design } from '../design';

/** As in the kernel: invocations of a workgroup, and rows that one of them makes. */
const WORKGROUP = 64;
const RUN = 16;
const MOST_WORKGROUPS = 65_535;
/** Rows made in one dispatch hold at most this many genes: 64 MiB. */
const MOST_GENES = 2 ** 24;

/** A design whose genes are computed on the device, the same bits on every engine. */
export interface DeviceDesign {
  readonly name: string;
  /** Variables of a row. */
  readonly width: number;
  readonly count: number;
  readonly settings: Design['settings'];
  /** WGSL of `genes_of`. */
  readonly source: string;
  /** Keys its random numbers. */
  readonly key: Words;
  /** What `genes_of` reads as `table`. */
  readonly table?: Uint32Array;
}

/** Makes a design of a kernel. Throws RangeError for a number of rows that no design can have. */
export function deviceDesign(engine: Engine, kind: DeviceDesign): Design {
  const { name, width, count, settings, source, key, table } = kind;
  checkCount(count);
  const code = [threefry, source, rowsSource].join('\n');
  const made = async (first: number, rows: number, signal?: AbortSignal): Promise<Uint32Array> => {
    const kernel = await engine.kernel({ label: `${name} design`, code, entryPoint: 'make_rows' });
    const words = Uint32Array.of(...key, first, rows, width, count);
    const settingsBuffer = engine.scratch('design settings', words.byteLength);
    engine.write(settingsBuffer, words);
    const genes = engine.scratch('design genes', rows * width * 4);
    const tableBuffer = table ? engine.resident('design table', table) : null;
    const workgroups = Math.ceil((Math.ceil(rows / RUN) * Math.ceil(width / 2)) / WORKGROUP);
    const x = Math.min(workgroups, MOST_WORKGROUPS);
    const [result] = await engine.submit(
      [
        {
          kernel,
          buffers: [settingsBuffer, genes, tableBuffer],
          workgroups: [x, Math.ceil(workgroups / x)],
        },
      ],
      [{ buffer: genes, byteLength: rows * width * 4 }],
      { signal },
    );
    return result;
  };
  return {
    name,
    count,
    settings,
    async rows(first, rows, signal) {
      checkRows({ name, count }, first, rows);
      if (rows === 0) return new Uint32Array();
      const atOnce = Math.max(1, Math.floor(MOST_GENES / width));
      if (rows <= atOnce) return engine.replay(() => made(first, rows, signal));
      const all = new Uint32Array(rows * width);
      for (let done = 0; done < rows; done += atOnce) {
        const some = Math.min(atOnce, rows - done);
        all.set(await engine.replay(() => made(first + done, some, signal)), done * width);
      }
      return all;
    },
  };
}
