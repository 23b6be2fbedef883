def test_home(signed_in):
    r = signed_in("qin").get("/")
    assert r.status_code == 200, r.content[:500]
