"""What is measured on an order, and the value sets that name its codes."""
