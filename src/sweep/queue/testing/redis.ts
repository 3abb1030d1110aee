import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';

function installed(): boolean {
  try {
    execFileSync('redis-server', ['--version'], { stdio: 'ignore' });
    return true;
  } catch {
    return false;
  }
}

/** Whether tests that need a Redis must be left out. With TARDIGRADE_REQUIRE_REDIS=1 they fail instead. */
export const redisIsMissing = !installed() && process.env.TARDIGRADE_REQUIRE_REDIS !== '1';
if (redisIsMissing) console.warn('Tests of the queue are skipped: there is no redis-server here.');

/** A redis-server of a test's own, on a port of its own. It keeps nothing on disk. */
export class TestRedis {
  readonly #port: number;
  readonly #folder = mkdtempSync(join(tmpdir(), 'tardigrade-redis-'));
  #process: ChildProcess | undefined;

  private constructor(port: number) {
    this.#port = port;
  }

  static async start(): Promise<TestRedis> {
    const server = new TestRedis(await freePort());
    await server.start();
    return server;
  }

  get url(): string {
    return `redis://127.0.0.1:${this.#port}`;
  }

  /** Starts it, after `kill` again and empty, on the same port. */
  async start(): Promise<void> {
    const options = [
      '--port',
      String(this.#port),
      '--bind',
      '127.0.0.1',
      '--dir',
      this.#folder,
      '--save',
      '',
    ];
    this.#process = spawn('redis-server', options, { stdio: 'ignore' });
    for (let tries = 0; tries < 100; tries++) {
      if (await answers(this.#port)) return;
      await sleep(50);
    }
    throw new Error(`redis-server does not answer on port ${this.#port}`);
  }

  /** Ends it at once: all that it knew is lost. */
  async kill(): Promise<void> {
    const child = this.#process;
    if (!child) return;
    this.#process = undefined;
    const ended = new Promise((resolve) => child.once('exit', resolve));
    child.kill('SIGKILL');
    await ended;
  }

  async close(): Promise<void> {
    await this.kill();
    rmSync(this.#folder, { recursive: true, force: true });
  }
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.on('error', reject);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => (typeof address === 'object' && address ? resolve(address.port) : reject()));
    });
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = createConnection(port, '127.0.0.1', () => {
      socket.end();
      resolve(true);
    });
    socket.on('error', () => resolve(false));
  });
}
