import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'

/**
 * Waits for its input to end, which the kernel sees to however whoever holds it ends. One that was
 * stopped has to go on in order to end; one that does not end in time is killed.
 */
const watch = `read _
kill -TERM "$0" || exit
kill -CONT "$0"
for _ in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15; do sleep 1; kill -0 "$0" || exit; done
kill -KILL "$0"`

/** Ends the child when this process ends, even one that is killed; of any program, so by the shell. */
export function tether(child: ChildProcess): void {
  if (!child.pid || child.exitCode !== null) return
  // Of its own group: what ends all of a terminal is not to end it first.
  const watcher = spawn('sh', ['-c', watch, String(child.pid)], {
    stdio: ['pipe', 'ignore', 'ignore'],
    detached: true,
  })
  watcher.on('error', () => {})
  watcher.unref()
  const { stdin } = watcher
  stdin.on('error', () => {})
  if ('unref' in stdin && typeof stdin.unref === 'function') stdin.unref()
  once(child, 'exit').then(
    () => watcher.kill('SIGKILL'),
    () => {},
  )
}
