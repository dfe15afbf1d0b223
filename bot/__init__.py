"""The running program: everything that touches the network, the clock and the operating system."""
