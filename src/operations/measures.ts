import { Spread, Tally } from './tallies.ts'

/** Everything that is counted, beside what the process says of itself. */
export interface Measures {
  signIns: Tally
  signInSeconds: Spread
  stepSeconds: Spread
  storeSeconds: Spread
  requests: Tally
  requestSeconds: Spread
}

const forPeople = [0.1, 0.5, 1, 2, 5, 10, 20, 30, 60, 120, 300, 600]
const forMachines = [0.0005, 0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1, 2.5, 5]

export function createMeasures(): Measures {
  return {
    signIns: new Tally({
      name: 'mock_vneid_sign_ins_total',
      help: 'Sign-ins that ended: approved, or why not. Automatic: walked by a program.',
      labelNames: ['client', 'outcome', 'automatic'],
    }),
    signInSeconds: new Spread(
      {
        name: 'mock_vneid_sign_in_duration_seconds',
        help: 'From the first page of a sign-in to its end, by the clock of the world.',
        labelNames: ['outcome', 'automatic'],
      },
      forPeople,
    ),
    stepSeconds: new Spread(
      {
        name: 'mock_vneid_sign_in_step_duration_seconds',
        help: 'How long people stayed at a step of a sign-in, by the clock of the world.',
        labelNames: ['step'],
      },
      forPeople,
    ),
    storeSeconds: new Spread(
      {
        name: 'mock_vneid_store_operation_duration_seconds',
        help: 'How long the store took for one operation; commit writes what a request held back.',
        labelNames: ['operation'],
      },
      forMachines,
    ),
    requests: new Tally({
      name: 'mock_vneid_http_requests_total',
      help: 'Requests that ended, by route and class of status.',
      labelNames: ['route', 'status'],
    }),
    requestSeconds: new Spread(
      {
        name: 'mock_vneid_http_request_duration_seconds',
        help: 'From the head of a request to the end of its reply, by route.',
        labelNames: ['route'],
      },
      forMachines,
    ),
  }
}
