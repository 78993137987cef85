"""Letters, sent by processes that are killed, stopped and lied to; judged from outside.

`town` is who lives there and what is ordered, with a ledger of what was acknowledged; `virtual`
plays it in virtual time, `real` with processes and kill -9; `inbound` is what members say
meanwhile. `mutants` and `deaf` are builds that are broken on
purpose: a checker that lets one pass is worth nothing. `python -m tests.faults.torture --help`.
"""
