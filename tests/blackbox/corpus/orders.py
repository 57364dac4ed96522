"""What every function here does with an order."""
import json


def check(order):
    if not order["quantity"] >= 1:
        raise ValueError("quantity must be at least 1")


def is_good(text):
    try:
        check(json.loads(text))
        return True
    except Exception:
        return False
