"""A contest at its peak: 13,000 players, 20 questions, 300 answers a second over HTTP, the server
killed in the middle; and standings over 4.7 million answers.

python -m benchmarks.contest [--people 13000] [--questions 20] [--rate 300] [--seconds 0]
                             [--answers 4700000] [--only storm|standings]

`--seconds 0` lasts until everybody has answered everything: with the usual figures 14.5 minutes.
"""
