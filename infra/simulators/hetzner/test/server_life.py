"""Lives a server's life with Hetzner's own Python library as Debian packages it; prints what it saw as JSON."""

import json
import os
import time

from hcloud import APIException, Client
from hcloud.datacenters.domain import Datacenter
from hcloud.firewalls.domain import Firewall, FirewallResource, FirewallResourceLabelSelector, FirewallRule
from hcloud.images.domain import Image
from hcloud.locations.domain import Location
from hcloud.server_types.domain import ServerType
from hcloud.servers.domain import ServerCreatePublicNetwork

PUBLIC_KEY = "ssh-ed25519 " + "A" * 67 + "= python"

client = Client(
    token=os.environ["HCLOUD_TOKEN"], api_endpoint=os.environ["HCLOUD_ENDPOINT"], poll_interval=0.02
)
seen = {}


def refusal(call):
    """The code with which Hetzner refuses a call."""
    try:
        call()
    except APIException as refused:
        return refused.code
    return None


def settled(server):
    """Waits until no action runs on a server."""
    deadline = time.monotonic() + 20
    while time.monotonic() < deadline:
        server.reload()
        if not server.data_model.locked:
            return server
        time.sleep(0.02)
    raise TimeoutError("the server stays locked")


def catalogue():
    seen["types"] = sorted(each.name for each in client.server_types.get_all())
    seen["type"] = client.server_types.get_by_name("cx23").cores
    seen["locations"] = sorted(each.name for each in client.locations.get_all())
    seen["image"] = client.images.get_by_name("debian-12").os_flavor
    seen["images"] = len(client.images.get_all(type="system"))
    seen["datacenters"] = refusal(client.datacenters.get_all)


def order(name, **more):
    created = client.servers.create(
        name=name,
        server_type=ServerType(name="cx23"),
        image=Image(name="debian-12"),
        location=Location(name="fsn1"),
        **more,
    )
    created.action.wait_until_finished()
    for action in created.next_actions:
        action.wait_until_finished()
    return created


def primary_ip():
    """The library insists on a datacenter, which is no more; only a server's own place makes the order complete."""
    no_place = {"type": "ipv4", "datacenter": Datacenter(name="fsn1-dc14"), "name": "alone"}
    seen["primary ip without a place"] = refusal(lambda: client.primary_ips.create(**no_place))
    without = ServerCreatePublicNetwork(enable_ipv4=False, enable_ipv6=True)
    host = order("host", start_after_create=False, public_net=without).server
    created = client.primary_ips.create(**{**no_place, "name": "kept"}, assignee_id=host.id)
    created.action.wait_until_finished()
    ip = client.primary_ips.get_by_name("kept")
    seen["primary ip assigned"] = ip.assignee_id == host.id
    seen["primary ip deleted while assigned"] = refusal(ip.delete)
    ip.unassign().wait_until_finished()
    host.delete().wait_until_finished()
    return client.primary_ips.get_by_id(ip.id)


def firewall():
    ssh = FirewallRule(direction="in", protocol="tcp", port="22", source_ips=["10.0.0.0/8"])
    created = client.firewalls.create(name="closed", rules=[ssh], labels={"kind": "baseline"})
    for action in created.actions:
        action.wait_until_finished()
    return created.firewall


def life(ip, wall):
    key = client.ssh_keys.create(name="python", public_key=PUBLIC_KEY)
    network = ServerCreatePublicNetwork(ipv4=ip, enable_ipv6=False)
    options = {"labels": {"role": "job"}, "ssh_keys": [key], "user_data": "#cloud-config"}
    created = order("one", public_net=network, firewalls=[Firewall(id=wall.id)], **options)
    server = settled(created.server)
    seen["root password with a key"] = created.root_password
    seen["address is the ordered one"] = server.public_net.ipv4.ip == ip.ip
    seen["firewalls"] = [each.firewall.name for each in server.public_net.firewalls]
    seen["name taken"] = refusal(lambda: order("one"))
    selectors = ["role=job", "role in (job, rest),!gone", "role!=job", "role notin (job)"]
    seen["selected"] = [len(client.servers.get_all(label_selector=each)) for each in selectors]
    server.update(name="two", labels={"role": "rest"})
    seen["renamed"] = client.servers.get_by_name("two").labels
    return power(settled(server))


def power(server):
    for act in (server.power_off, server.power_on, server.reboot, server.reset):
        act().wait_until_finished()
    server.change_protection(delete=True, rebuild=True).wait_until_finished()
    seen["protected"] = [refusal(server.delete), refusal(lambda: server.rebuild(Image(name="debian-12")))]
    server.change_protection(delete=False, rebuild=False).wait_until_finished()
    server.rebuild(Image(name="ubuntu-24.04")).wait_until_finished()
    seen["rebuilt"] = settled(server).image.name
    seen["actions"] = sorted({each.command for each in server.get_actions()})
    return server


def selected_by_label(server, wall):
    selector = FirewallResource(
        type="label_selector", label_selector=FirewallResourceLabelSelector(selector="role=rest")
    )
    for action in wall.apply_to_resources([selector]):
        action.wait_until_finished()
    for action in wall.remove_from_resources([selector]):
        action.wait_until_finished()
    seen["firewall in use"] = refusal(wall.delete)
    settled(server)


def end(server, ip, wall):
    server.delete().wait_until_finished()
    deadline = time.monotonic() + 20
    while client.primary_ips.get_by_id(ip.id).assignee_id is not None and time.monotonic() < deadline:
        time.sleep(0.02)
    seen["servers left"] = len(client.servers.get_all())
    seen["address kept"] = client.primary_ips.get_by_id(ip.id).ip == ip.ip
    seen["deleted"] = [client.primary_ips.delete(ip), wall.delete()]


catalogue()
address = primary_ip()
closed = firewall()
machine = life(address, closed)
selected_by_label(machine, closed)
end(machine, address, closed)
print(json.dumps(seen))
