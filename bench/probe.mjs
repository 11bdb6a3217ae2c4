/** Loaded into each server under load: says what its process has used when the bench asks. */

process.on('message', () => {
  const { user, system } = process.cpuUsage()
  process.send?.({ cpuMs: (user + system) / 1000, rss: process.memoryUsage.rss() })
})
process.channel?.unref()
