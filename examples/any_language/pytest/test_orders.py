from batchproof import verify_function


def test_each_failed_order_comes_again_and_no_other():
    verify_function("sqs", handler="app.handler", accepted=[{"quantity": 2}], rejected=[{"quantity": 0}, "not json"])
