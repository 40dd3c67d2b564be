import { existsSync, readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { join } from 'node:path';

const LISTENING = '0A';
/** 127.0.0.0/8, ::1, and the former as IPv6 has it; each word of four bytes is turned round. */
const LOOPBACK = /^([0-9A-F]{6}7F|0{24}01000000|0{16}FFFF0000[0-9A-F]{6}7F):/;

/** The addresses, as Linux writes them, at which a process listens for others than this machine; none where there is no /proc. */
export function listenersBeyondLoopback(pid: number): string[] {
  const folder = join('/proc', String(pid));
  if (!existsSync(join(folder, 'net/tcp'))) return [];
  const own = new Set(readdirSync(join(folder, 'fd')).flatMap((name) => /^socket:\[(\d+)\]$/.exec(linkAt(join(folder, 'fd', name)))?.[1] ?? []));
  const lines = ['tcp', 'tcp6'].map((name) => join(folder, 'net', name)).filter(existsSync).flatMap((path) => readFileSync(path, 'utf8').trim().split('\n').slice(1));
  return lines.map((line) => line.trim().split(/\s+/)).filter((fields) => fields[3] === LISTENING && own.has(fields[9]!) && !LOOPBACK.test(fields[1]!)).map((fields) => fields[1]!);
}

function linkAt(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return ''; // closed since
  }
}
