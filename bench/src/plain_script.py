"""What an administrator would write with OpenStack's own SDK: one server with a volume and a public address, in a
project and a network of its own, one call after another, looked after every 0.2 s.

Commands come as JSON lines on standard input and are answered so on standard output. What a script pays once is not
counted: Python's start and imports, the administrator's log-in, the discovery of versions, the external network's id.
Finding flavour and image by what is wanted of them is counted, for the product does the same each time.
"""

import json
import sys
import time

import openstack

admin = openstack.connect()
admin.authorize()
member = admin.identity.find_role('member')
external = next(admin.network.networks(is_router_external=True))
for service in (admin.compute, admin.network, admin.block_storage, admin.image, admin.identity):
    service.get_endpoint_data()


def settled(get, wanted):
    while True:
        it = get()
        if it.status == wanted:
            return it
        if it.status.lower().startswith('error'):
            raise RuntimeError(f'{it.name} is in {it.status}')
        time.sleep(0.2)


def inside(project):
    """The administrator's connection, scoped to the project; versions that are known are not discovered again."""
    cloud = admin.connect_as_project(project)
    cloud.session._discovery_cache = admin.session._discovery_cache
    cloud.session.auth._discovery_cache = admin.session.auth._discovery_cache
    return cloud


def make(ask):
    name = ask['name']
    project = admin.identity.create_project(name=name, description=name, domain_id='default', tags=[name])
    admin.identity.assign_project_role_to_user(project, admin.current_user_id, member)
    cloud = inside(project)
    network = cloud.network.create_network(name=name)
    router = cloud.network.create_router(name=name, external_gateway_info={'network_id': external.id})
    subnet = cloud.network.create_subnet(name=name, network_id=network.id, ip_version=4, cidr='10.77.0.0/24')
    cloud.network.add_interface_to_router(router, subnet_id=subnet.id)
    port = cloud.network.create_port(name=name, network_id=network.id, fixed_ips=[{'subnet_id': subnet.id}])
    volume = cloud.block_storage.create_volume(name=name, size=ask['volumeGib'])
    settled(lambda: cloud.block_storage.get_volume(volume.id), 'available')
    flavour = next(
        it for it in cloud.compute.flavors() if it.vcpus == ask['vcpus'] and it.ram == ask['memoryMib']
    )
    image = next(cloud.image.images(name=ask['imageName']))
    server = cloud.compute.create_server(
        name=name, flavor_id=flavour.id, image_id=image.id, networks=[{'port': port.id}]
    )
    settled(lambda: cloud.compute.get_server(server.id), 'ACTIVE')
    cloud.compute.create_volume_attachment(server, volume_id=volume.id)
    settled(lambda: cloud.block_storage.get_volume(volume.id), 'in-use')
    address = cloud.network.create_ip(floating_network_id=external.id, port_id=port.id)
    return cloud, project, network, subnet, router, port, volume, server, address


def gone(get):
    while True:
        try:
            get()
        except openstack.exceptions.ResourceNotFound:
            return
        time.sleep(0.2)


def drop(cloud, project, network, subnet, router, port, volume, server, address):
    cloud.network.delete_ip(address)
    cloud.compute.delete_server(server)
    gone(lambda: cloud.compute.get_server(server.id))
    settled(lambda: cloud.block_storage.get_volume(volume.id), 'available')
    cloud.block_storage.delete_volume(volume)
    gone(lambda: cloud.block_storage.get_volume(volume.id))
    cloud.network.delete_port(port)
    cloud.network.remove_interface_from_router(router, subnet_id=subnet.id)
    cloud.network.delete_router(router)
    cloud.network.delete_network(network)
    for group in admin.network.security_groups(project_id=project.id):
        admin.network.delete_security_group(group)
    admin.identity.delete_project(project)


print(json.dumps({'ready': True}), flush=True)
for text in sys.stdin:
    started = time.monotonic()
    made = make(json.loads(text))
    ms = (time.monotonic() - started) * 1000
    drop(*made)
    print(json.dumps({'ms': ms}), flush=True)
