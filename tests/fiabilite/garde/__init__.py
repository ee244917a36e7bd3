"""What a base must hold through: keys lost, processes killed, disks that refuse, pages spoilt, two programs, two computers.

`python -m tests.fiabilite.garde [--part NAME] [--tours N]` prints rounds and failures for each kind.
"""
