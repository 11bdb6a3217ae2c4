import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { haproxyPath } from '../../support/machine.ts'

/** HAProxy before some ports: gives each request to the next that is alive, and tries no POST twice. */
export class Proxy {
  readonly #folder = mkdtempSync(join(tmpdir(), 'mock-vneid-proxy-'))
  readonly #child: ChildProcess

  constructor(port: number, servers: readonly number[]) {
    const file = join(this.#folder, 'haproxy.cfg')
    writeFileSync(file, configuration(port, servers))
    this.#child = spawn(haproxyPath!, ['-db', '-f', file], { stdio: 'ignore' })
    process.once('exit', () => this.#child.kill('SIGKILL'))
  }

  async end(): Promise<void> {
    const exited = once(this.#child, 'exit')
    this.#child.kill('SIGKILL')
    await exited
    rmSync(this.#folder, { recursive: true, force: true })
  }
}

const configuration = (port: number, servers: readonly number[]) => `
global
  maxconn 2000

defaults
  mode http
  timeout connect 1s
  timeout client 30s
  timeout server 10s
  retries 3
  option redispatch 1
  retry-on conn-failure

frontend sandbox
  bind 127.0.0.1:${port}
  default_backend replicas

backend replicas
  balance roundrobin
  option httpchk GET /healthz
  default-server check inter 250ms fall 1 rise 1
${servers.map((server, index) => `  server replica-${index + 1} 127.0.0.1:${server}`).join('\n')}
`
